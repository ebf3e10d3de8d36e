package dev.larder.store.guard;

import dev.larder.store.StoreException;
import java.io.Serial;

/**
 * What an operation is told whose own removal of something that was replaced took so long that nothing more is asked of the store. What it wanted to change is not pending: the store had nothing at
 * this key some time after the operation began.
 */
final class RemovedInsteadException extends StoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    RemovedInsteadException(String message) {
        super(message, Applied.NO, null);
    }
}
