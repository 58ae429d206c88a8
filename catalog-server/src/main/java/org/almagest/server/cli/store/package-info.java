/** Commands about the store as a whole. */
@NullMarked
package org.almagest.server.cli.store;

import org.jspecify.annotations.NullMarked;
