/** What the store trusts, and shows, where it speaks TLS. */
@NullMarked
package dev.larder.redis.tls;

import org.jspecify.annotations.NullMarked;
