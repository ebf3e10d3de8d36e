package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.FindByIndexNameSessionRepository;

class ClientSessionsTest {

    private final Fleet fleet = new Fleet(Provider.LARDER);
    private final LarderSessionRepository sessions = fleet.instance();
    private final ClientSessions clients = new ClientSessions(sessions);
    private String id;

    @BeforeEach
    void open() {
        LarderSession session = sessions.createSession();
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "alice");
        sessions.save(session);
        id = session.getId();
        clients.serve(new CurrentRequest(new MockHttpServletResponse()));
    }

    @AfterEach
    void close() {
        clients.serve(null);
        sessions.close();
        fleet.close();
    }

    @Test
    void requestFindsItsSessionOnce() {
        LarderSession found = clients.findById(id);

        assertThat(clients.findById(id)).isSameAs(found);
    }

    @Test
    void nextRequestLooksAgain() {
        LarderSession found = clients.findById(id);
        clients.serve(new CurrentRequest(new MockHttpServletResponse()));

        assertThat(clients.findById(id)).isNotNull().isNotSameAs(found);
    }

    @Test
    void requestThatDeletedItsSessionFindsNone() {
        assertThat(clients.findById(id)).isNotNull();

        clients.deleteById(id);

        assertThat(clients.findById(id)).isNull();
    }

    @Test
    void formerIdOfTheSessionOfARequestFindsNone() {
        clients.findById(id).changeSessionId();

        assertThat(clients.findById(id)).isNull();
    }

    @Test
    void handleIsNoId() {
        LarderSessionRepository elsewhere = fleet.instance();
        ClientSessions others = new ClientSessions(elsewhere);
        String handle = others.findByPrincipalName("alice").keySet().iterator().next();
        assertThat(elsewhere.findById(handle)).isNotNull();

        assertThat(others.findById(handle)).isNull();
        others.deleteById(handle);
        assertThat(sessions.findById(id)).isNotNull();
        elsewhere.close();
    }
}
