#include <unordered_map>

#include "kiosk/forms/fhirpath/function.h"

namespace foyer::fhirpath {

const Function* function_named(std::string_view name) {
    static const auto by_name = [] {
        std::unordered_map<std::string_view, const Function*> made;
        for (const auto& functions :
             {collection_functions(), text_functions(), number_functions(),
              conversion_functions(), moment_functions(), fhir_functions()})
            for (const Function& function : functions)
                made.emplace(function.name, &function);
        return made;
    }();
    const auto found = by_name.find(name);
    return found == by_name.end() ? nullptr : found->second;
}

}  // namespace foyer::fhirpath
