#include "sync/clinic/call_name.h"

#include <array>
#include <cassert>
#include <charconv>
#include <numeric>

namespace foyer {

namespace {

struct Plant {
    const char* english;
    const char* spanish;
};

// What is not here, on purpose: drugs and what drinks are made of (poppy, hemp, coca,
// sage: its Latin name is salvia, juniper, grape, agave, barley); what cuts, stings or
// explodes (nettle, thorn, pomegranate: "granada" is also a grenade); graves and grief
// (cypress, yew, lily, daisy, mallow, weeping willow); what is a joke or an insult in
// one of the languages (pansy, pine, fig, papaya, fuchsia, thistle); what sounds like
// another word at a desk (thyme, quince: fifteen in Spanish, ivy: an IV); and common
// given names (Rose, Violet, Iris, Jasmine, Hazel).
constexpr std::array plants = {
    // clang-format off
    Plant{"Fern", "Helecho"},         Plant{"Maple", "Arce"},
    Plant{"Clover", "Trébol"},        Plant{"Tulip", "Tulipán"},
    Plant{"Cedar", "Cedro"},          Plant{"Lavender", "Lavanda"},
    Plant{"Birch", "Abedul"},         Plant{"Sunflower", "Girasol"},
    Plant{"Oak", "Roble"},            Plant{"Magnolia", "Magnolia"},
    Plant{"Bamboo", "Bambú"},         Plant{"Orchid", "Orquídea"},
    Plant{"Linden", "Tilo"},          Plant{"Azalea", "Azalea"},
    Plant{"Walnut", "Nogal"},         Plant{"Mint", "Menta"},
    Plant{"Apple", "Manzano"},        Plant{"Hibiscus", "Hibisco"},
    Plant{"Elm", "Olmo"},             Plant{"Primrose", "Prímula"},
    Plant{"Palm", "Palmera"},         Plant{"Gardenia", "Gardenia"},
    Plant{"Olive", "Olivo"},          Plant{"Begonia", "Begonia"},
    Plant{"Sequoia", "Secuoya"},      Plant{"Bluebell", "Campanilla"},
    Plant{"Almond", "Almendro"},      Plant{"Camellia", "Camelia"},
    Plant{"Laurel", "Laurel"},        Plant{"Wisteria", "Glicinia"},
    Plant{"Chestnut", "Castaño"},     Plant{"Aster", "Áster"},
    Plant{"Acacia", "Acacia"},        Plant{"Marigold", "Caléndula"},
    Plant{"Pear", "Peral"},           Plant{"Verbena", "Verbena"},
    Plant{"Larch", "Alerce"},         Plant{"Geranium", "Geranio"},
    Plant{"Jacaranda", "Jacarandá"},  Plant{"Blueberry", "Arándano"},
    Plant{"Alder", "Aliso"},          Plant{"Zinnia", "Zinnia"},
    Plant{"Plum", "Ciruelo"},         Plant{"Sorrel", "Acedera"},
    Plant{"Mango", "Mango"},          Plant{"Saffron", "Azafrán"},
    Plant{"Baobab", "Baobab"},        Plant{"Freesia", "Fresia"},
    Plant{"Hazelnut", "Avellano"},    Plant{"Moss", "Musgo"},
    Plant{"Eucalyptus", "Eucalipto"}, Plant{"Cinnamon", "Canela"},
    Plant{"Kiwi", "Kiwi"},            Plant{"Mulberry", "Morera"},
    Plant{"Sycamore", "Sicomoro"},    Plant{"Vanilla", "Vainilla"},
    Plant{"Teak", "Teca"},            Plant{"Bergamot", "Bergamota"},
    Plant{"Mahogany", "Caoba"},       Plant{"Yarrow", "Milenrama"},
    Plant{"Spruce", "Abeto"},         Plant{"Amaranth", "Amaranto"},
    Plant{"Tangerine", "Mandarina"},  Plant{"Gentian", "Genciana"},
    Plant{"Mesquite", "Mezquite"},    Plant{"Lupine", "Lupino"},
    Plant{"Myrtle", "Mirto"},         Plant{"Protea", "Protea"},
    Plant{"Saguaro", "Saguaro"},      Plant{"Marjoram", "Mejorana"},
    Plant{"Pistachio", "Pistacho"},   Plant{"Fennel", "Hinojo"},
    Plant{"Catalpa", "Catalpa"},      Plant{"Aloe", "Aloe"},
    Plant{"Tamarind", "Tamarindo"},   Plant{"Chicory", "Achicoria"},
    Plant{"Papyrus", "Papiro"},       Plant{"Flax", "Lino"},
    Plant{"Sesame", "Sésamo"},        Plant{"Madrone", "Madroño"},
    // clang-format on
};

constexpr int block = 5;
constexpr int devices = 16;
constexpr int numbers = 99;
constexpr int names_a_day = block * numbers;
static_assert(plants.size() >= std::size_t{block} * devices);

// The plant follows `count` modulo 5, the number `count` modulo 99. With no common
// divisor every pair comes once before any comes twice (Chinese remainder theorem).
static_assert(std::gcd(block, numbers) == 1);

// Times 37 modulo 99 visits every number; the start differs by device.
constexpr int stride = 37;
constexpr int device_shift = 29;
static_assert(std::gcd(stride, numbers) == 1);

}  // namespace

int plants_per_device() {
    return block;
}
int max_devices() {
    return devices;
}

CallName call_name(int device_index, int count) {
    assert(device_index >= 0 && device_index < devices && count >= 0);
    const int round = count / names_a_day;
    const int within = count % names_a_day;
    const int shuffled = (within % numbers * stride + device_index * device_shift + 26);
    return {.plant = device_index * block + within % block,
            .number = 1 + shuffled % numbers + round * numbers};
}

std::string spoken(const CallName& name, std::string_view language) {
    assert(name.plant >= 0 && std::size_t(name.plant) < plants.size());
    const Plant& plant = plants[std::size_t(name.plant)];
    const bool spanish = language == "es" || language.starts_with("es-");
    return std::string(spanish ? plant.spanish : plant.english) + " " +
           std::to_string(name.number);
}

std::optional<CallName> call_name_from(std::string_view text) {
    const auto space = text.rfind(' ');
    if (space == std::string_view::npos) return std::nullopt;
    int number = 0;
    const auto digits = text.substr(space + 1);
    const auto read =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() ||
        number < 1)
        return std::nullopt;
    for (std::size_t plant = 0; plant < plants.size(); ++plant)
        if (plants[plant].english == text.substr(0, space))
            return CallName{.plant = int(plant), .number = number};
    return std::nullopt;
}

}  // namespace foyer
