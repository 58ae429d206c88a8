/** Joins the STAC API to the server. */
@NullMarked
package org.almagest.server.stac;

import org.jspecify.annotations.NullMarked;
