#include "kiosk/audit/expected.h"

namespace foyer {

namespace {

/// Help is one tap away on every patient's screen. Not on these: Help is help; nothing
/// can be tapped while the screen is wiped (30 s) or before the program is ready (a
/// moment); the last two are the staff's.
bool has_help(const Help&) {
    return false;
}
bool has_help(const Cleaning&) {
    return false;
}
bool has_help(const StartingUp&) {
    return false;
}
bool has_help(const StaffPin&) {
    return false;
}
bool has_help(const StaffMenu&) {
    return false;
}
bool has_help(const auto&) {
    return true;
}

std::vector<std::string> secrets_of(const Person& person) {
    return {person.given, person.phone};
}

std::vector<std::string> secrets(const FindMe& screen) {
    return {screen.family, screen.year};
}
std::vector<std::string> secrets(const OneMoreThing& screen) {
    return {screen.digits};
}
std::vector<std::string> secrets(const StaffPin& screen) {
    return {screen.digits};
}
std::vector<std::string> secrets(const ConfirmIdentity& screen) {
    return secrets_of(screen.person);
}
std::vector<std::string> secrets(const TodaysVisits& screen) {
    auto all = secrets_of(screen.person);
    for (const auto& visit : screen.visits) all.push_back(visit.clinician);
    return all;
}
std::vector<std::string> secrets(const ConfirmContact& screen) {
    auto all = secrets_of(screen.person);
    // Its ending is shown as well.
    if (screen.person.phone.size() > 2)
        all.push_back(screen.person.phone.substr(screen.person.phone.size() - 2));
    return all;
}
std::vector<std::string> secrets(const CheckingIn& screen) {
    return secrets_of(screen.person);
}
std::vector<std::string> secrets(const Done& screen) {
    return {screen.token};
}
std::vector<std::string> secrets(const auto&) {
    return {};
}

}  // namespace

Expected expected_of(const Screen& screen) {
    return std::visit(
        [](const auto& here) {
            return Expected{.help = has_help(here), .secrets = secrets(here)};
        },
        screen);
}

}  // namespace foyer
