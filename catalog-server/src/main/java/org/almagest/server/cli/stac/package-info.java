/** The commands that take whole STAC catalogs in and give them out. */
@NullMarked
package org.almagest.server.cli.stac;

import org.jspecify.annotations.NullMarked;
