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
std::vector<std::string> secrets(const SignedIn& screen) {
    return secrets_of(screen.person);
}
std::vector<std::string> secrets(const SavingAttendance& screen) {
    return secrets_of(screen.person);
}
std::vector<std::string> secrets(const NotSignedIn& screen) {
    return secrets_of(screen.person);
}
std::vector<std::string> secrets(const SignInSheet& screen) {
    return {screen.name};
}
std::vector<std::string> secrets(const SignedInNow& screen) {
    return {screen.slip, screen.visit.place};
}
std::vector<std::string> secrets(const WayShown& screen) {
    return {screen.visit.place};
}
std::vector<std::string> secrets(const Done& screen) {
    auto all = screen.to_finish;
    all.push_back(screen.token);
    return all;
}
/// What is typed and what was answered in words; options are the form's own words.
std::vector<std::string> secrets(const FormQuestions& screen) {
    // Shorter ones stand in any sentence.
    constexpr std::size_t telling = 4;
    std::vector<std::string> all;
    for (const auto& item : screen.page.items)
        for (const auto& answer : item.answers)
            if (answer.text.size() >= telling && item.options.empty() &&
                item.type != ItemType::attachment)
                all.push_back(answer.text);
    for (const auto& piece : screen.typing)
        if (piece.text.size() >= telling && piece.part != FormTyping::Part::unit)
            all.push_back(piece.text);
    return all;
}
std::vector<std::string> secrets(const FormReview& screen) {
    std::vector<std::string> all;
    for (const auto& line : screen.lines) all.push_back(line.answer);
    return all;
}
std::vector<std::string> secrets(const FormSign& screen) {
    return {screen.name};
}
std::vector<std::string> secrets(const FormsOffered& screen) {
    std::vector<std::string> all;
    for (const auto& form : screen.forms) all.push_back(form.title);
    return all;
}
/// A guest's name and code lead to a patient.
std::vector<std::string> secrets(const GuestAsked& screen) {
    return {screen.name, screen.code};
}
/// Which classes somebody is in, by any language's name of them.
std::vector<std::string> secrets(const ClassesTold& screen) {
    std::vector<std::string> all;
    if (!screen.news.empty())
        for (const auto& [language, title] : screen.news.front().title)
            all.push_back(title);
    return all;
}
std::vector<std::string> secrets(const ClassLeaving& screen) {
    std::vector<std::string> all;
    for (const auto& [language, title] : screen.card.title) all.push_back(title);
    return all;
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
