/** The engines that are compared, each with the schema that its experts would use. */
@NullMarked
package org.almagest.bench.peer;

import org.jspecify.annotations.NullMarked;
