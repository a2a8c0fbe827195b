import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useWords } from '../words/use-words.ts';

/** Keeps a fault of one screen from taking the others down. */
export class Boundary extends Component<{ readonly children: ReactNode }, { failed: boolean }> {
  override readonly state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Crashed
        onRetry={() => {
          this.setState({ failed: false });
        }}
      />
    );
  }
}

function Crashed({ onRetry }: { readonly onRetry: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <div className="page">
      <Notice
        tone="bad"
        title={t('common.crash.title')}
        actions={<Button onPress={onRetry}>{t('common.crash.next')}</Button>}
      >
        <p>{t('common.crash.meaning')}</p>
      </Notice>
    </div>
  );
}
