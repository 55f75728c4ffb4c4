/* xml.h - libxml2 made ready: it wants that done by one thread, before others use it. */
#ifndef TRICH_BASE_XML_H
#define TRICH_BASE_XML_H

/* Called by whoever is about to use libxml2; does something the first time only. Any thread may call it. */
void xml_start(void);

#endif
