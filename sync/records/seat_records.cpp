#include "sync/records/seat_records.h"

#include "sync/clinic/site_time.h"

namespace foyer {

std::string ClassSession::key() const {
    return schedule + "@" + format_instant(starts);
}

const char* name(SignUpState state) {
    switch (state) {
        case SignUpState::asked:
            return "asked";
        case SignUpState::confirmed:
            return "confirmed";
        case SignUpState::waiting:
            return "waiting";
        case SignUpState::offered:
            return "offered";
        case SignUpState::missed:
            return "missed";
        case SignUpState::released:
            return "released";
        case SignUpState::called_off:
            return "called-off";
        case SignUpState::refused:
            return "refused";
        case SignUpState::left:
            return "left";
    }
    return "";
}

std::optional<SignUpState> sign_up_state(std::string_view name) {
    for (const auto state :
         {SignUpState::asked, SignUpState::confirmed, SignUpState::waiting,
          SignUpState::offered, SignUpState::missed, SignUpState::released,
          SignUpState::called_off, SignUpState::refused, SignUpState::left})
        if (name == foyer::name(state)) return state;
    return std::nullopt;
}

bool over(SignUpState state) {
    switch (state) {
        case SignUpState::missed:
        case SignUpState::released:
        case SignUpState::refused:
        case SignUpState::left:
            return true;
        case SignUpState::asked:
        case SignUpState::confirmed:
        case SignUpState::waiting:
        case SignUpState::offered:
        case SignUpState::called_off:  // the clinic may think better of it
            return false;
    }
    return false;
}

}  // namespace foyer
