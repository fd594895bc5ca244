#include "platform/result.h"

namespace foyer {

const char* name(Error::Code code) {
    switch (code) {
        case Error::Code::offline:
            return "offline";
        case Error::Code::no_answer:
            return "no_answer";
        case Error::Code::refused:
            return "refused";
        case Error::Code::out_of_paper:
            return "out_of_paper";
        case Error::Code::not_found:
            return "not_found";
        case Error::Code::corrupt:
            return "corrupt";
        case Error::Code::wrong_key:
            return "wrong_key";
        case Error::Code::bad_input:
            return "bad_input";
        case Error::Code::busy:
            return "busy";
        case Error::Code::disk_full:
            return "disk_full";
        case Error::Code::read_only:
            return "read_only";
    }
    return "unknown";
}

}  // namespace foyer
