/** From changes to listeners: filters, order, threads. */
@NullMarked
package dev.larder.jcache.internal.event;

import org.jspecify.annotations.NullMarked;
