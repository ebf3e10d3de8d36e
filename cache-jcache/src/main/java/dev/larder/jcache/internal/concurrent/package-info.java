/** How threads stay out of each other's way: a lock for each key in use and what is left with it, a gate, and a watch over who waits for whom. */
@NullMarked
package dev.larder.jcache.internal.concurrent;

import org.jspecify.annotations.NullMarked;
