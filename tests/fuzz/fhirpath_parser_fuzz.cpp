#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/forms/fhirpath/fhirpath.h"

/// Any text is an expression, or a fault that says why and where in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto expression = foyer::fhirpath::Expression::compile(text);
    if (!expression &&
        (expression.error().what.empty() || expression.error().offset > size))
        std::abort();
    return 0;
}
