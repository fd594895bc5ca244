#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/forms/element.h"
#include "kiosk/forms/fhirpath/decimal.h"
#include "kiosk/forms/fhirpath/moment.h"

namespace foyer::fhirpath {

class Value;
using Collection = std::vector<Value>;

/// A row of the R4 model (r4_model.h); 0: not known.
using TypeId = std::uint16_t;

/// A number with a UCUM unit, or with a calendar unit as written ("day", "days"; not
/// 'd').
struct Quantity {
    Decimal amount;
    std::string_view unit;  ///< "1" if it has none
    bool calendar = false;
};

/// One item of a collection: a FHIR element with what is known of its type, or a value
/// that an expression made (Boolean, Integer, Decimal, String, Date, DateTime, Time,
/// Quantity). 24 bytes, trivially copyable. It borrows: an element from its Elements, a
/// text or quantity from the Environment's scratch, the elements, or the Expression
/// whose literal it is; all of these must outlive it.
///
/// The functions below the class are all that callers outside fhirpath/ need.
class Value {
public:
    enum class Kind : std::uint8_t {
        element,
        boolean,
        integer,
        decimal,
        string,
        date,
        date_time,
        time,
        quantity,
        type_info,  ///< what type() answers
    };

    /// An empty element; only good to be assigned to.
    Value() : place_{nullptr, nullptr} {}

    /// `item`: the QuestionnaireResponse item whose answer this is or lies in; null if
    /// it is none.
    static Value of(const Element* element, TypeId type,
                    const Element* item = nullptr) {
        Value value(Kind::element);
        value.type_ = type;
        value.place_ = {element, item};
        return value;
    }
    static Value boolean(bool of) {
        Value value(Kind::boolean);
        value.boolean_ = of;
        return value;
    }
    static Value integer(std::int64_t of) {
        Value value(Kind::integer);
        value.integer_ = of;
        return value;
    }
    static Value decimal(const Decimal& of) {
        Value value(Kind::decimal);
        value.scale_ = static_cast<std::int16_t>(of.scale);
        value.digits_ = {static_cast<std::uint64_t>(of.coefficient),
                         static_cast<std::int64_t>(of.coefficient >> 64)};
        return value;
    }
    /// Borrows the text.
    static Value string(std::string_view of) {
        Value value(Kind::string);
        value.text_ = {of.data(), of.size()};
        return value;
    }
    /// `kind`: date, date_time or time.
    static Value moment(Kind kind, const Moment& of) {
        Value value(kind);
        value.moment_ = of;
        return value;
    }
    /// Borrows the quantity.
    static Value quantity(const Quantity* of) {
        Value value(Kind::quantity);
        value.quantity_ = of;
        return value;
    }
    /// What type() answers: `full_name` as type_name() gives it, borrowed.
    static Value type_info(std::string_view full_name) {
        Value value(Kind::type_info);
        value.text_ = {full_name.data(), full_name.size()};
        return value;
    }

    Kind kind() const { return kind_; }
    bool is_element() const { return kind_ == Kind::element; }
    /// The FHIR type of an element; 0 if unknown or no element.
    TypeId type() const { return type_; }

    // Each for its kind alone.
    const Element* element() const { return place_.element; }
    const Element* item() const { return place_.item; }
    bool boolean() const { return boolean_; }
    std::int64_t integer() const { return integer_; }
    Decimal decimal() const {
        return {(Int128{digits_.high} << 64) | Int128{digits_.low}, scale_};
    }
    std::string_view text() const { return {text_.data, text_.size}; }
    const Moment& moment() const { return moment_; }
    const Quantity& quantity() const { return *quantity_; }

private:
    struct Digits {
        std::uint64_t low;
        std::int64_t high;
    };
    struct Text {
        const char* data;
        std::size_t size;
    };
    struct Place {
        const Element* element;
        const Element* item;
    };

    explicit Value(Kind kind) : kind_(kind), place_{nullptr, nullptr} {}

    Kind kind_ = Kind::element;
    std::int16_t scale_ = 0;
    TypeId type_ = 0;
    union {
        Place place_;
        bool boolean_;
        std::int64_t integer_;
        Digits digits_;
        Text text_;
        Moment moment_;
        const Quantity* quantity_;
    };
};

/// An element of FHIR type `type` ("Questionnaire", "Coding", "Questionnaire.item";
/// empty: its resourceType, else unknown) as a value.
Value of_element(const Element* element, std::string_view type = {});
Value of_boolean(bool value);

/// The value as a FHIR primitive or complex element made in `into`, and its FHIR type
/// as value[x] spells it ("Decimal", "Coding"): for answers. None if the value has no
/// FHIR form. The element may be the one that the value borrows; texts are copied.
struct FhirValue {
    std::string_view type;
    const Element* element = nullptr;
};
std::optional<FhirValue> to_fhir(const Value& value, Elements& into);

/// FHIRPath's singleton evaluation of a Boolean: none if the collection is empty; a
/// single item that is not a Boolean counts as true; several items: none.
std::optional<bool> as_boolean(const Collection& values);

/// The JSON of each value, as `foyer fhirpath` prints it.
std::string to_json(const Value& value);
/// "FHIR.Patient", "System.Integer".
std::string type_name(const Value& value);

}  // namespace foyer::fhirpath
