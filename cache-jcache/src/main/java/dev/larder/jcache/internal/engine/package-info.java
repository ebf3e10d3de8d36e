/** The rules of JCache, once: which change an operation means, who must be asked and told, and in which order. */
@NullMarked
package dev.larder.jcache.internal.engine;

import org.jspecify.annotations.NullMarked;
