import { type Finding, type Path, dotted, finding } from './finding';
import { reservedSettingPrefix, reservedSettings } from './vocabulary';

/** A setting whose name Terrace itself gives. @param to whom it is given to */
export function reservedName(key: string, path: Path, target: Finding['target'], to = 'the app'): readonly Finding[] {
  const meaning = Object.hasOwn(reservedSettings, key) ? reservedSettings[key] : undefined;
  const why = meaning ?? (key.startsWith(reservedSettingPrefix) ? `names that begin with ${reservedSettingPrefix} are its own` : undefined);
  if (why === undefined) return [];
  return [
    {
      ...finding(
        'RESERVED_NAME',
        path,
        `${dotted(path.slice(0, -1))} has the name ${key}, which Terrace itself gives to ${to}: ${why}. Take another name.`,
      ),
      target,
    },
  ];
}
