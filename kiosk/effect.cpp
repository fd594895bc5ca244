#include "kiosk/effect.h"

namespace foyer {

namespace {

const char* spelled(const OpenStore&) {
    return "OpenStore";
}
const char* spelled(const ReadSlip&) {
    return "ReadSlip";
}
const char* spelled(const FindPatient&) {
    return "FindPatient";
}
const char* spelled(const TellApart&) {
    return "TellApart";
}
const char* spelled(const SaveCheckIn&) {
    return "SaveCheckIn";
}
const char* spelled(const SaveContact&) {
    return "SaveContact";
}
const char* spelled(const TellDesk&) {
    return "TellDesk";
}
const char* spelled(const CallDesk&) {
    return "CallDesk";
}
const char* spelled(const PrintSlip&) {
    return "PrintSlip";
}
const char* spelled(const CheckPin&) {
    return "CheckPin";
}
const char* spelled(const EndSession&) {
    return "EndSession";
}
const char* spelled(const OfferForms&) {
    return "OfferForms";
}
const char* spelled(const OpenForm&) {
    return "OpenForm";
}
const char* spelled(const SaveAnswers&) {
    return "SaveAnswers";
}
const char* spelled(const DeclineItem&) {
    return "DeclineItem";
}
const char* spelled(const AddInstance&) {
    return "AddInstance";
}
const char* spelled(const RemoveInstance&) {
    return "RemoveInstance";
}
const char* spelled(const TakePhoto&) {
    return "TakePhoto";
}
const char* spelled(const FinishForm&) {
    return "FinishForm";
}
const char* spelled(const SignForm&) {
    return "SignForm";
}
const char* spelled(const StopForm&) {
    return "StopForm";
}
const char* spelled(const LeaveForms&) {
    return "LeaveForms";
}
const char* spelled(const PrintCopy&) {
    return "PrintCopy";
}
const char* spelled(const ShowClasses&) {
    return "ShowClasses";
}
const char* spelled(const JoinClass&) {
    return "JoinClass";
}
const char* spelled(const LeaveClass&) {
    return "LeaveClass";
}
const char* spelled(const SignInToClass&) {
    return "SignInToClass";
}
const char* spelled(const FindClassNews&) {
    return "FindClassNews";
}
const char* spelled(const TakeClassOffer&) {
    return "TakeClassOffer";
}
const char* spelled(const PutAwayClassNews&) {
    return "PutAwayClassNews";
}
const char* spelled(const OfferMyForms&) {
    return "OfferMyForms";
}
const char* spelled(const SaveAttendance&) {
    return "SaveAttendance";
}
const char* spelled(const EnterLobby&) {
    return "EnterLobby";
}
const char* spelled(const EnterGuest&) {
    return "EnterGuest";
}
const char* spelled(const PrintTicket&) {
    return "PrintTicket";
}

}  // namespace

const char* name(const Effect& effect) {
    return std::visit([](const auto& order) { return spelled(order); }, effect);
}

}  // namespace foyer
