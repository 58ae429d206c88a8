/** Commands around synthetic granules. */
@NullMarked
package org.almagest.server.cli.synthetic;

import org.jspecify.annotations.NullMarked;
