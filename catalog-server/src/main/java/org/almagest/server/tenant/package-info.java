/** The store of each tenant, opened when it is needed. */
@NullMarked
package org.almagest.server.tenant;

import org.jspecify.annotations.NullMarked;
