import type { ReactNode } from 'react';
import { Field } from '../../ui/field.tsx';
import { Fold } from '../../ui/disclosure.tsx';
import { useWords } from '../../words/use-words.ts';
import type { GuidedConnection } from './use-connection-form.ts';

/** Where the bundles lie. */
export function WhereStep({ guided }: { readonly guided: GuidedConnection }): ReactNode {
  const { t } = useWords();
  const { form, problems, change } = guided;
  const said = (
    field: 'name' | 'bucket' | 'prefix' | 'region' | 'endpoint',
  ): string | undefined => {
    const problem = problems[field];
    return problem === undefined ? undefined : t(`settings.form.problems.${problem}`);
  };
  const opens = form.endpoint !== '' || problems.endpoint !== undefined;
  return (
    <>
      <Field
        label={t('settings.form.name')}
        problem={said('name')}
        value={form.name}
        onChange={(name) => {
          change((before) => ({ ...before, name }));
        }}
        maxLength={200}
        autoFocus
      />
      <div className="form-pair">
        <Field
          label={t('settings.form.bucket')}
          problem={said('bucket')}
          value={form.bucket}
          onChange={(bucket) => {
            change((before) => ({ ...before, bucket }));
          }}
          maxLength={255}
          autoComplete="off"
          spellCheck="false"
        />
        <Field
          label={t('settings.form.region')}
          hint={t('settings.form.regionHint')}
          problem={said('region')}
          value={form.region}
          onChange={(region) => {
            change((before) => ({ ...before, region }));
          }}
          maxLength={64}
          autoComplete="off"
          spellCheck="false"
        />
      </div>
      <Field
        label={t('settings.form.prefix')}
        hint={t('settings.form.prefixHint')}
        problem={said('prefix')}
        value={form.prefix}
        onChange={(prefix) => {
          change((before) => ({ ...before, prefix }));
        }}
        maxLength={1024}
        autoComplete="off"
        spellCheck="false"
      />
      <Fold key={String(problems.endpoint)} title={t('settings.form.service')} startsOpen={opens}>
        <Field
          label={t('settings.form.endpoint')}
          hint={t('settings.form.endpointHint')}
          problem={said('endpoint')}
          value={form.endpoint}
          onChange={(endpoint) => {
            change((before) => ({ ...before, endpoint }));
          }}
          type="url"
          maxLength={1024}
          autoComplete="off"
          spellCheck="false"
        />
      </Fold>
    </>
  );
}
