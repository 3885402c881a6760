// libxml2: SAX for docx, its HTML parser for web pages.
#ifndef NIANBAO_CXML2_SHIM_H
#define NIANBAO_CXML2_SHIM_H

// Debian's libxml2 is built with ICU and would include its headers, which are at odds with Foundation's own copy of ICU in
// any module that sees both. Only the end of xmlCharEncodingHandler depends on it, which we never make nor look into.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#endif
