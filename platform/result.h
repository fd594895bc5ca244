#pragma once

#include <string>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

namespace foyer {

/// What went wrong. `code` decides what happens next; `what` is one plain line for the
/// log or for the person at the command line. It never holds anything about a patient.
struct Error {
    enum class Code {
        offline,       ///< nobody answered: network, printer, desk
        no_answer,     ///< asked, and nobody knows whether it was done
        refused,       ///< somebody answered no
        out_of_paper,  ///< the printer is there and empty
        not_found,     ///< there is no such thing
        corrupt,       ///< stored data fails its own check
        wrong_key,     ///< the data is whole, this key does not open it
        bad_input,     ///< something from outside is not what it must be
        busy,          ///< somebody else holds it; trying later can help
        disk_full,     ///< no room left
        read_only,     ///< the place cannot be written
    };
    Code code;
    std::string what;
};

/// The code's name as written here, for logs and exit messages.
const char* name(Error::Code code);

/// A value, or the reason why there is none. Our own code throws nothing; a library's
/// exception is caught inside the .cpp that calls the library and becomes an Error.
template <class T>
struct [[nodiscard]] Result : tl::expected<T, Error> {
    using tl::expected<T, Error>::expected;
    T take() && {
        if constexpr (!std::is_void_v<T>) return std::move(**this);
    }
};

inline tl::unexpected<Error> fail(Error::Code code, std::string what) {
    return tl::unexpected<Error>(Error{code, std::move(what)});
}

/// The value of `expression`, or an early return of its error.
#define TRY(expression)                                                     \
    __extension__({                                                         \
        auto attempt = (expression);                                        \
        if (!attempt) return tl::unexpected<foyer::Error>(attempt.error()); \
        std::move(attempt).take();                                          \
    })

}  // namespace foyer
