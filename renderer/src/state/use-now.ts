import { useEffect, useState } from 'react';

/**
 * The present, which moves on.
 *
 * @param every - after how many milliseconds
 */
export function useNow(every: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = window.setInterval(() => {
      setNow(new Date());
    }, every);
    return () => {
      window.clearInterval(timer);
    };
  }, [every]);
  return now;
}
