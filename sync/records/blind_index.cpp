#include "sync/records/blind_index.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "sync/clinic/site_time.h"

namespace foyer {

namespace {

icu::UnicodeString decomposed(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfkd = icu::Normalizer2::getNFKDInstance(status);
    assert(U_SUCCESS(status));
    const auto result = nfkd->normalize(text, status);
    return U_SUCCESS(status) ? result : icu::UnicodeString();
}

/// Letters, digits and spacing vowel signs; no accents, spaces, hyphens, apostrophes,
/// dots, nor the invisible marks that names pick up on their way through other
/// programs.
bool counts(UChar32 c) {
    constexpr std::uint32_t kept = U_GC_L_MASK | U_GC_N_MASK | U_GC_MC_MASK;
    return (U_GET_GC_MASK(c) & kept) != 0 && u_getCombiningClass(c) == 0 &&
           // Letters by category, apostrophes by use (Hawaiian, Ukrainian in some
           // hands).
           !(c >= 0x02B0 && c <= 0x02FF);
}

icu::UnicodeString bare(const icu::UnicodeString& text) {
    icu::UnicodeString result;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (counts(c)) result.append(c);
    }
    return result;
}

bool ascii(const icu::UnicodeString& text) {
    for (int32_t i = 0; i < text.length(); ++i)
        if (text.charAt(i) > 0x7F) return false;
    return true;
}

/// What decomposition leaves whole: ø, ł, đ, æ, dotless i. ICU's own table.
void spell_in_ascii(icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    thread_local const std::unique_ptr<icu::Transliterator> latin(
        icu::Transliterator::createInstance("Latin-ASCII", UTRANS_FORWARD, status));
    if (latin) latin->transliterate(text);
}

}  // namespace

std::string normalised(std::string_view name) {
    auto text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(name.data(), int32_t(name.size())));
    text = bare(decomposed(text));
    if (!ascii(text)) {
        spell_in_ascii(text);
        text.foldCase();
        text = bare(decomposed(text));
    }
    text.foldCase();
    std::string result;
    text.toUTF8String(result);
    return result;
}

std::optional<BlindIndex> blind_index(std::string_view family, Date born,
                                      const DeviceKeys& keys) {
    const std::string name = normalised(family);
    if (name.empty()) return std::nullopt;
    const std::string text = format_date(born) + " " + name;
    BlindIndex who;
    crypto_generichash(who.bytes.data(), who.bytes.size(),
                       reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                       keys.index().bytes().data(), keys.index().bytes().size());
    return who;
}

}  // namespace foyer
