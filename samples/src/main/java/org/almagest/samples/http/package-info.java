/** The STAC API under the HTTP server of the JDK. */
@NullMarked
package org.almagest.samples.http;

import org.jspecify.annotations.NullMarked;
