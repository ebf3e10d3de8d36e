/** From expiry policies to TTLs. */
@NullMarked
package dev.larder.jcache.internal.expiry;

import org.jspecify.annotations.NullMarked;
