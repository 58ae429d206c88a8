/** The typed schema of a dataset and the rules of its evolution. */
@NullMarked
package org.almagest.schema;

import org.jspecify.annotations.NullMarked;
