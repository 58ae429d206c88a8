/** Embeds a catalog in a program: creates a dataset, stores granules, asks for some. */
@NullMarked
package org.almagest.samples.quickstart;

import org.jspecify.annotations.NullMarked;
