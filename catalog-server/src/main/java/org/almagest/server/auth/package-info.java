/** Who asks, and what they may do: the decision alone, without a comparison of texts. */
@NullMarked
package org.almagest.server.auth;

import org.jspecify.annotations.NullMarked;
