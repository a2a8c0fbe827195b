import { expect, test } from 'vitest';
import {
  MAIL_LIMITS,
  PAGE_LIMITS,
  routeRow,
  VOLUMES,
  type Cargo,
} from '../../../app/openability/routes.ts';
import { SOURCES, sourcesOf } from '../../../app/openability/sources.ts';
import { TOOLS } from '../../../app/openability/tools.ts';
import { ALL_ROUTES, ALL_SERVICES } from './questions.ts';

const CARGO: readonly Cargo[] = ['age', 'zip', 'nested', '7z', 'page'];

const rows = [
  ...Object.values(TOOLS).flatMap((kinds) => Object.values(kinds)),
  ...ALL_ROUTES.flatMap((route) =>
    ALL_SERVICES.flatMap((service) => CARGO.map((cargo) => routeRow(route, service, cargo))),
  ),
  ...Object.values(MAIL_LIMITS),
  ...Object.values(VOLUMES),
  PAGE_LIMITS,
];

test('every row of the tables says where it comes from', () => {
  for (const { sources } of rows) {
    expect(sources.length).toBeGreaterThan(0);
    expect(sourcesOf(sources).map(({ id }) => id)).toEqual([...new Set(sources)]);
  }
});

test('every source is behind some row', () => {
  const used = new Set(rows.flatMap(({ sources }) => sources));
  expect([...SOURCES.keys()].filter((id) => !used.has(id))).toEqual([]);
});

test('every source can be followed, and none is there twice', () => {
  const places = [...SOURCES.values()].flatMap((source) => {
    if (source.kind === 'published') {
      const url = new URL(source.url);
      expect([url.protocol, url.search + url.hash]).toEqual(['https:', expect.any(String)]);
      return [source.url];
    }
    return source.kind === 'tried' ? [source.command] : [];
  });
  expect(new Set(places).size).toBe(places.length);
  for (const { title } of SOURCES.values()) expect(title).toMatch(/^[^.]+.*[^.]$/);
});

test('nothing is claimed to open or to pass that is only assumed', () => {
  const claims = Object.values(TOOLS)
    .flatMap((kinds) => Object.values(kinds))
    .filter(({ opens }) => opens === 'yes');
  for (const { sources } of claims)
    expect(sourcesOf(sources).some(({ kind }) => kind !== 'assumed')).toBe(true);
});
