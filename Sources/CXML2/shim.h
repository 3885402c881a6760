// libxml2: SAX for docx, its HTML parser for web pages.
#ifndef NIANBAO_CXML2_SHIM_H
#define NIANBAO_CXML2_SHIM_H

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#endif
