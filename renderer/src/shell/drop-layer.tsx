import { Download } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useCore } from '../state/core.tsx';
import { readDrop } from './drop.ts';

type Dropped = Awaited<ReturnType<typeof readDrop>>;

/** Makes the whole window a place to drop files on, and shows so while something is held over it. */
export function DropLayer({
  label,
  onDrop,
}: {
  readonly label: string;
  readonly onDrop: (files: Dropped) => void;
}): ReactNode {
  const { bridge } = useCore();
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Entering a child comes before leaving its parent, so both are counted.
    let depth = 0;
    const carriesFiles = (event: DragEvent): boolean =>
      event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const hover = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const leave = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      depth = 0;
      setOver(false);
      if (event.dataTransfer === null || !carriesFiles(event)) return;
      event.preventDefault();
      void readDrop(event.dataTransfer, bridge).then(onDrop);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', hover);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [bridge, onDrop]);
  if (!over) return null;
  return (
    <div className="drop-layer" aria-hidden>
      <div>
        <Download size={32} strokeWidth={1.5} />
        <p>{label}</p>
      </div>
    </div>
  );
}
