/** How the rows of a run that may match are found: by place, by value or one after the other. */
@NullMarked
package org.almagest.storage.plan;

import org.jspecify.annotations.NullMarked;
