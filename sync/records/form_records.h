#pragma once

#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/visit.h"
#include "sync/records/outbox.h"

namespace foyer {

/// A form that a patient began and did not end. One a patient, form and site day; saved
/// after every answer. All of it is sealed but aliases and the day.
struct FormDraft {
    Alias patient;
    std::string patient_id;  ///< FHIR id, without "Patient/"; filled in by the store
    std::string form;        ///< Questionnaire.url
    std::string version;     ///< Questionnaire.version, may be empty
    std::string language;
    std::string response;  ///< the QuestionnaireResponse so far, status in-progress
    std::string place;     ///< where the patient is in it; a text of the caller's own
    Instant begun{}, saved{};
};

/// An answer that the clinic has to hear of at once (domain.md W4). Kept beside its
/// unit: what was changed back or taken back stands here as it was given.
struct SafetyNote {
    std::string form;    ///< Questionnaire.url
    std::string rule;    ///< "phq-9/item-9"
    std::string level;   ///< the rule's own word, may be empty
    std::string what;    ///< "given", "changed", "declined", "abandoned"
    std::string path;    ///< JSON of the item's path
    std::string answer;  ///< JSON of the value, or empty
};

/// What goes to the clinic as one atomic Bundle; its `id` is in the identifiers of what
/// the Bundle creates (sync.md decision 1).
struct FormUnit {
    std::string id;
    Lane lane = Lane::forms;
    std::string bundle;  ///< a transaction Bundle as JSON, at most 8 entries
    std::string after;   ///< unit that must be at the clinic before, or empty
};

/// A form that is over.
struct FormEnd {
    enum class Status {
        completed,
        stopped,   ///< given up after some answers
        declined,  ///< refused before the first answer
    };
    Alias patient;
    std::string form, version;
    Status status = Status::completed;
    Instant begun{}, at{};
    std::vector<FormUnit> units;
    std::vector<SafetyNote> safety;  ///< not written before
};
/// "completed", "stopped", "declined".
const char* name(FormEnd::Status status);

/// That a form ended at some time, for "not again within N days".
struct FormDone {
    std::string form;
    FormEnd::Status status = FormEnd::Status::completed;
    Instant at{};
};

}  // namespace foyer
