#pragma once

#include <string>

#include "platform/result.h"

namespace foyer {

/// Whether these PEM files can be used for TLS, asked before the first connection so
/// that whoever sets a kiosk up reads which file is wrong and why. `ca_file`: the
/// authorities trusted; `certificate_file` with its `key_file`: ours. Each may be
/// empty, but for a key without a certificate or the other way round.
///
/// Fails with `bad_input`. A key with a passphrase counts as unusable: nobody is there
/// to type it.
Result<void> check_tls_files(const std::string& ca_file,
                             const std::string& certificate_file,
                             const std::string& key_file);

}  // namespace foyer
