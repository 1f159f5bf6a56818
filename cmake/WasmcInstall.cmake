# What `ninja install` installs: tools, libraries, headers, the CMake package `wasmc` (targets wasmc::runtime and
# wasmc::compiler, and the C API: wasmc::c, wasmc::c-compiler), wasmc.pc and wasmc-c.pc. Included last, when all targets are known.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/wasmc)

# The compiler is several static libraries; users name wasmc::compiler, which brings the others.
set_target_properties(wasmc-abi PROPERTIES EXPORT_NAME abi)
set_target_properties(wasmc-runtime PROPERTIES
  EXPORT_NAME runtime VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
set_target_properties(wasmc-runtime-static PROPERTIES EXPORT_NAME runtime-static)
set_target_properties(wasmc-c PROPERTIES
  EXPORT_NAME c VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
set_target_properties(wasmc-registry PROPERTIES EXPORT_NAME registry)
set(libraries wasmc-abi wasmc-runtime wasmc-runtime-static wasmc-registry wasmc-c)
if(WASMC_COMPILER)
  foreach(part support cache frontend header debug lower codegen)
    set_target_properties(wasmc-${part} PROPERTIES EXPORT_NAME compiler-${part} OUTPUT_NAME wasmc-compiler-${part})
    list(APPEND libraries wasmc-${part})
  endforeach()
  set_target_properties(wasmc-driver PROPERTIES EXPORT_NAME compiler OUTPUT_NAME wasmc-compiler)
  set_target_properties(wasmc-c-compiler PROPERTIES EXPORT_NAME c-compiler)
  list(APPEND libraries wasmc-driver wasmc-c-compiler)
endif()
install(TARGETS ${libraries} EXPORT wasmc-targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})

foreach(tool wasmc wasmrun wasminspect)
  if(TARGET ${tool})
    install(TARGETS ${tool} EXPORT wasmc-targets RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endforeach()

foreach(folder runtime-lib/abi runtime-lib/include runtime-lib/registry/include runtime-lib/c-api/include compiler/include)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${folder} AND (WASMC_COMPILER OR NOT folder STREQUAL compiler/include))
    install(DIRECTORY ${folder}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
      FILES_MATCHING PATTERN "*.h" PATTERN "*.def")
  endif()
endforeach()

install(FILES ${PROJECT_SOURCE_DIR}/tools/gdb/wasmc.py DESTINATION ${CMAKE_INSTALL_DATADIR}/wasmc/gdb)
install(EXPORT wasmc-targets NAMESPACE wasmc:: DESTINATION ${package_dir})
configure_package_config_file(cmake/wasmc-config.cmake.in ${PROJECT_BINARY_DIR}/wasmc-config.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/wasmc-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/wasmc-config.cmake ${PROJECT_BINARY_DIR}/wasmc-config-version.cmake
              cmake/WasmcModules.cmake
  DESTINATION ${package_dir})

# Relative to itself, so that the install tree can be moved.
file(RELATIVE_PATH pc_to_prefix /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
foreach(name wasmc wasmc-c)
  configure_file(cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()
