/** Decides changes one after the other, makes them durable, and then visible. */
@NullMarked
package org.almagest.storage.commit;

import org.jspecify.annotations.NullMarked;
