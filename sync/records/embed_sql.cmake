# cmake -DOUT=file.cpp -P embed_sql.cmake -- FILES: the migrations as one C++ file, in the
# order of their names.
set(entries "")
set(past_dashes FALSE)
foreach(i RANGE ${CMAKE_ARGC})
    set(argument "${CMAKE_ARGV${i}}")
    if(past_dashes AND argument)
        file(READ "${argument}" sql)
        string(APPEND entries "    R\"sql(${sql})sql\",\n")
    elseif(argument STREQUAL "--")
        set(past_dashes TRUE)
    endif()
endforeach()
file(WRITE "${OUT}" "#include \"sync/records/migrations.h\"\n
namespace foyer {\n
namespace {\n
constexpr const char* all[] = {\n${entries}};\n
}  // namespace\n
std::span<const char* const> migrations() { return all; }\n
}  // namespace foyer\n")
