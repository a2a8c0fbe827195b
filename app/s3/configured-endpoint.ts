/** A section of the shared configuration; those within it are apart by dots. */
type Section = Readonly<Record<string, string | undefined>>;

/**
 * The address of an S3-compatible service that the environment or a profile names, by the rules of AWS: the variable for S3 before
 * the one for all services, both before the profile, in it the section for its services before `endpoint_url`. The client of the
 * SDK would look only into the profile that `AWS_PROFILE` names.
 *
 * @param profile - the one that the person chose; else that of `AWS_PROFILE`, else `default`
 * @returns `undefined` for Amazon's own
 */
export async function configuredEndpoint(profile: string | undefined): Promise<string | undefined> {
  const { loadConfig } = await import('@smithy/core/config');
  const options = profile === undefined ? {} : { profile };
  const ignored = loadConfig<boolean>(
    {
      environmentVariableSelector: (variables) =>
        truth(variables['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']),
      configFileSelector: (section) => truth(section['ignore_configured_endpoint_urls']),
      default: false,
    },
    options,
  );
  if (await ignored()) return undefined;
  const endpoint = loadConfig(
    {
      environmentVariableSelector: (variables) =>
        text(variables['AWS_ENDPOINT_URL_S3']) ?? text(variables['AWS_ENDPOINT_URL']),
      configFileSelector: (section, file) =>
        text(servicesOf(section, file)['s3.endpoint_url']) ?? text(section['endpoint_url']),
      default: '',
    },
    options,
  );
  return text(await endpoint());
}

/** The section `[services NAME]` that a profile names. */
function servicesOf(
  section: Section,
  file: Readonly<Record<string, Section>> | undefined,
): Section {
  const name = text(section['services']);
  return (name === undefined ? undefined : file?.[`services.${name}`]) ?? {};
}

function text(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function truth(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : value.toLowerCase() === 'true';
}
