/** HTTP in and out: admission, bodies, and answers that wait for their reader. */
@NullMarked
package org.almagest.server.http;

import org.jspecify.annotations.NullMarked;
