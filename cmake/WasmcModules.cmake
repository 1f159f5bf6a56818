# add_wasm_module(TARGET SOURCES file.wasm... [STATIC | SHARED] [OPTIONS wasmc-option...] [HEADER | C_HEADER])
#
# Compiles WebAssembly modules, binary or text, when TARGET is built, and again when they change.
#   STATIC   the code becomes part of TARGET. The descriptor of x.wasm is `extern "C" const wasmc::abi::Descriptor
#            wasmc_module_x;`, for Module::fromDescriptor; in C `extern const char wasmc_module_x[];`, for
#            wasmc_module_from_descriptor. Any number of modules with different names may be linked.
#   SHARED   the default: x.so in the build folder of the current directory, for Module::load. TARGET gets the macro
#            WASM_MODULE_X, the file's path, for use from the build tree; install the file like any other.
#   HEADER   a C++ header with the module's imports and exports: `#include <wasm_modules/x.h>`, wasm_modules::x.
#   C_HEADER the same for C.
# Paths are relative to the current source folder. OPTIONS are those of wasmc: -O3, --cpu=native, ...
function(add_wasm_module target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "STATIC;SHARED;HEADER;C_HEADER" "" "SOURCES;OPTIONS")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES OR (arg_STATIC AND arg_SHARED) OR (arg_HEADER AND arg_C_HEADER))
    message(FATAL_ERROR "usage: add_wasm_module(TARGET SOURCES file.wasm... [STATIC | SHARED] [OPTIONS option...] "
                        "[HEADER | C_HEADER]); found '${ARGV}'")
  endif()
  set(language c++)
  if(arg_C_HEADER)
    set(language c)
  endif()
  foreach(source IN LISTS arg_SOURCES)
    get_filename_component(source ${source} ABSOLUTE)
    get_filename_component(name ${source} NAME_WE)
    string(MAKE_C_IDENTIFIER ${name} identifier)
    set(options ${arg_OPTIONS})
    if(arg_STATIC)
      set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}.o)
      list(APPEND options --module-name=${identifier})
      set(use EXTERNAL_OBJECT)
    else()
      set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}.so)
      set(use HEADER_FILE_ONLY)
      string(TOUPPER ${identifier} upper)
      target_compile_definitions(${target} PRIVATE WASM_MODULE_${upper}="${output}")
    endif()
    set(header)
    if(arg_HEADER OR arg_C_HEADER)
      set(header ${CMAKE_CURRENT_BINARY_DIR}/wasm_headers/wasm_modules/${name}.h)
      file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/wasm_headers/wasm_modules)
      list(APPEND options --emit-header=${header} --header-language=${language})
      target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/wasm_headers)
      set_source_files_properties(${header} PROPERTIES GENERATED TRUE)
    endif()
    add_custom_command(OUTPUT ${output} ${header}
      COMMAND wasmc::wasmc ${options} ${source} -o ${output}
      DEPENDS ${source} wasmc::wasmc
      COMMENT "Compiling WebAssembly module ${name}" VERBATIM)
    # As sources of the target they are made before that; only an object file is also linked.
    target_sources(${target} PRIVATE ${output} ${header})
    set_source_files_properties(${output} PROPERTIES GENERATED TRUE ${use} TRUE)
  endforeach()
endfunction()
