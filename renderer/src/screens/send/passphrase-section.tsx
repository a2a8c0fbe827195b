import { Eye, EyeOff, RefreshCw } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Fold } from '../../ui/disclosure.tsx';
import { useWords } from '../../words/use-words.ts';
import { KeysEntry } from './keys-entry.tsx';
import { OwnPassphrase } from './own-passphrase.tsx';
import { Section } from './section.tsx';
import { useRevealed } from './use-revealed.ts';

const MOST = 12;
/** From here on no one who has to pay for each guess can hope, whatever the machines. */
const OUT_OF_REACH = 80;

/** How the bundle is locked: words that Signet made, words of one's own, or keys. */
export function PassphraseSection({
  onSettled,
}: {
  /** Hears whether what is shown is what the bundle will be locked with. */
  readonly onSettled: (settled: boolean) => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { draft, settings } = useSnapshot();
  const { lock } = draft;
  const [wanted, setWanted] = useState<typeof lock.kind | null>(null);
  const [entered, setEntered] = useState(true);
  const keysGo = draft.format === 'age';
  // Keys that were about to be entered do not go with what was chosen meanwhile.
  const kind = wanted === null || (wanted === 'keys' && !keysGo) ? lock.kind : wanted;
  const settled = kind === lock.kind && entered;
  useEffect(() => {
    onSettled(settled);
    return () => {
      onSettled(true);
    };
  }, [onSettled, settled]);
  return (
    <Section
      number={3}
      title={t('send.passphrase.title')}
      ready={settled}
      actions={
        <Segments
          label={t('send.passphrase.how')}
          value={kind}
          choices={[
            { key: 'generated', name: t('send.passphrase.words') },
            { key: 'own', name: t('send.passphrase.own') },
            { key: 'keys', name: t('send.passphrase.keys'), isDisabled: !keysGo },
          ]}
          onChange={(next) => {
            setWanted(next);
            if (next === 'generated' && lock.kind !== 'generated')
              void run('newPassphrase', { words: Math.max(settings.words, draft.leastWords) });
          }}
        />
      }
    >
      {kind === 'generated' && lock.kind === 'generated' ? (
        // Another kind of bundle may have brought other words: what was shown of the old ones is hidden.
        <Words
          key={draft.leastWords}
          words={lock.words}
          bits={lock.bits}
          least={draft.leastWords}
        />
      ) : null}
      {kind === 'own' ? <OwnPassphrase inUse={lock.kind === 'own'} onSettled={setEntered} /> : null}
      {kind === 'keys' ? (
        <KeysEntry inUse={lock.kind === 'keys' ? lock.recipients : []} onSettled={setEntered} />
      ) : null}
      {keysGo ? null : (
        <p className="small quiet">
          {draft.format === 'zip'
            ? `${t('send.passphrase.leastZip', { words: draft.leastWords })} `
            : null}
          {t('send.passphrase.keysOnlyAge')}
        </p>
      )}
      {kind === 'keys' ? null : (
        <Fold title={t('send.passphrase.exact')}>
          <p className="small quiet">
            {t(`send.passphrase.exactText.${draft.format}`)}{' '}
            {kind === 'generated' ? t('send.passphrase.exactWords') : null}
          </p>
        </Fold>
      )}
    </Section>
  );
}

function Words({
  words,
  bits,
  least,
}: {
  readonly words: number;
  readonly bits: number;
  /** The fewest words that there may be. */
  readonly least: number;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { revealed, reveal, hide } = useRevealed('draft');
  const [count, setCount] = useState(words);
  const fresh = (number: number): void => {
    hide();
    void run('newPassphrase', { words: number });
  };
  return (
    <>
      <div className="row row-wrap">
        {revealed === null ? (
          <p className="chips">
            <span className="unseen">{t('send.passphrase.hidden', { count: words })}</span>
            {Array.from({ length: words }, (_, index) => (
              <span key={index} className="chip chip-hidden" aria-hidden>
                ••••••
              </span>
            ))}
          </p>
        ) : (
          <ol className="chips" aria-label={t('send.passphrase.shown')}>
            {revealed.words.map((word, index) => (
              <li key={`${String(index)}-${word}`} className="chip">
                {word}
              </li>
            ))}
          </ol>
        )}
        <Button
          onPress={() => {
            if (revealed === null) void reveal();
            else hide();
          }}
        >
          {revealed === null ? <Eye size={16} aria-hidden /> : <EyeOff size={16} aria-hidden />}
          {t(revealed === null ? 'send.passphrase.show' : 'send.passphrase.hide')}
        </Button>
        <Button
          onPress={() => {
            fresh(words);
          }}
        >
          <RefreshCw size={15} aria-hidden />
          {t('send.passphrase.fresh')}
        </Button>
      </div>
      <div className="row row-wrap strength">
        <Slider
          value={count}
          minValue={least}
          maxValue={MOST}
          onChange={setCount}
          onChangeEnd={fresh}
          className="slider"
        >
          <Label className="field-label">{t('send.passphrase.number')}</Label>
          <SliderOutput className="small number" />
          <SliderTrack className="slider-track">
            <SliderThumb className="slider-thumb" />
          </SliderTrack>
        </Slider>
        <p className="small quiet grow">
          {t(`send.passphrase.strength.${bits >= OUT_OF_REACH ? 'best' : 'good'}`, {
            bits: Math.floor(bits),
          })}
          <br />
          {t('send.passphrase.later')}
        </p>
      </div>
    </>
  );
}
