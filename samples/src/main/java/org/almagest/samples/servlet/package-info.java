/** The STAC API as a servlet. */
@NullMarked
package org.almagest.samples.servlet;

import org.jspecify.annotations.NullMarked;
