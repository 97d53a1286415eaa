"""Uses a server's listmonk API by clients that others wrote, each in a process of its own,
since two of them are packages of the same name:

    listmonk_clients.py URL USER TOKEN

Prints `CLIENT: done` for each, and fails at the first thing that is not as it should be.
"""
import os
import subprocess
import sys


def with_listmonk(url, user, token):
    import httpx2
    import listmonk

    listmonk.set_url_base(url)
    assert not listmonk.login(user, "wrong"), "a wrong token was accepted"
    assert listmonk.login(user, token)
    assert listmonk.is_healthy()

    made = listmonk.create_list("Made by listmonk", list_type="public", optin="single")
    assert made.name == "Made by listmonk" and made.type == "public", made
    names = {one.name: one for one in listmonk.lists()}
    news = names["news"]
    assert listmonk.list_by_id(made.id).uuid == made.uuid != news.uuid
    renamed = listmonk.update_list(made.id, list_name="Renamed")
    assert listmonk.list_by_id(made.id).name == "Renamed", renamed

    one = listmonk.create_subscriber(
        "tx@x.example", "Tx", {made.id}, pre_confirm=True, attribs={"city": "Bonn", "age": 42}
    )
    assert one.status == "enabled" and one.attribs == {"city": "Bonn", "age": 42}, one
    assert [entry["subscription_status"] for entry in one.lists] == ["confirmed"], one
    for found in (
        listmonk.subscriber_by_email("tx@x.example"),
        listmonk.subscriber_by_id(one.id),
        listmonk.subscriber_by_uuid(one.uuid),
    ):
        assert found and found.id == one.id, found
    assert listmonk.subscriber_by_email("nobody@x.example") is None
    with_quote = listmonk.create_subscriber("plus+sign@x.example", "", {news.id}, False, {})
    assert with_quote.lists[0]["subscription_status"] == "unconfirmed", with_quote
    assert listmonk.subscriber_by_email("plus+sign@x.example").id == with_quote.id
    try:
        listmonk.create_subscriber("tx@x.example", "Again", set(), True, {})
        raise AssertionError("an address was added twice")
    except httpx2.HTTPStatusError as error:
        assert error.response.status_code == 409, error

    one.name = "Changed"
    changed = listmonk.update_subscriber(one, add_to_lists={news.id})
    assert changed.name == "Changed" and len(changed.lists) == 2, changed
    in_news = listmonk.subscribers(list_id=news.id)
    assert {sub.email for sub in in_news} >= {"tx@x.example", "plus+sign@x.example"}, in_news
    like = listmonk.subscribers(query_text="subscribers.email LIKE 'plus%'")
    assert [sub.email for sub in like] == ["plus+sign@x.example"], like
    assert listmonk.add_subscribers_to_lists([with_quote.id], [made.id])
    assert listmonk.disable_subscriber(with_quote).status == "disabled"
    assert listmonk.enable_subscriber(with_quote).status == "enabled"
    assert listmonk.block_subscriber(with_quote).status == "blocklisted"
    assert listmonk.delete_subscriber("plus+sign@x.example")
    assert listmonk.subscriber_by_email("plus+sign@x.example") is None

    template = [one for one in listmonk.templates() if one.type == "tx"][0]
    assert listmonk.template_by_id(template.id).name == template.name
    assert listmonk.send_transactional_email(
        "tx@x.example",
        template.id,
        template_data={"subject": "From listmonk", "body": "Hello *there*"},
    )

    campaign = listmonk.create_campaign(
        name="Campaign",
        subject="Campaign",
        list_ids={made.id},
        content_type="html",
        body="<p>Hello {{ .Subscriber.Name }}</p>",
        template_id=1,
    )
    assert campaign.status == "draft" and "{{ name }}" in campaign.body, campaign
    campaign.subject = "Changed campaign"
    listmonk.update_campaign(campaign)
    assert listmonk.campaign_by_id(campaign.id).subject == "Changed campaign"
    assert campaign.id in [one.id for one in listmonk.campaigns()]
    assert "Hello" in listmonk.campaign_preview_by_id(campaign.id).preview
    second = listmonk.create_campaign(
        name="Second", subject="Second", list_ids={made.id}, body="Text", content_type="markdown"
    )
    assert listmonk.cancel_campaign(second.id).status == "cancelled"
    third = listmonk.create_campaign(
        name="Third", subject="Third", list_ids={made.id}, body="Text", content_type="markdown"
    )
    assert listmonk.delete_campaign(third.id)
    assert listmonk.start_campaign(campaign.id).status in ("running", "finished")


def with_klarient(url, user, token):
    from listmonk.campaigns import CampaignCreate
    from listmonk.client import ListMonkClient
    from listmonk.lists import ListCreate
    from listmonk.public.requests import PublicSubscription, PublicSubscriptionForm
    from listmonk.subscribers import SubscriberCreate, SubscriberQuery, SubscriberUpdate
    from listmonk.subscribers.requests import (
        ListMembershipAction,
        SubscriberListMembershipUpdate,
    )
    from listmonk.transactional import TransactionalMessage

    client = ListMonkClient(base_url=url, username=user, access_token=token)
    made = client.lists.create(ListCreate(name="Made by klarient")).data
    assert client.lists[made.id].retrieve().data.name == "Made by klarient"
    one = client.subscribers.create(
        SubscriberCreate(
            email="klarient@x.example",
            name="K",
            lists=[made.id],
            preconfirm_subscriptions=True,
        )
    ).data
    assert one.email == "klarient@x.example", one
    found = client.subscribers.retrieve(SubscriberQuery(list_id=[made.id], page=1, per_page=10))
    assert [sub["email"] for sub in found.items()] == ["klarient@x.example"]
    client.subscribers[one.id].update_partial(SubscriberUpdate(name="New"))
    assert client.subscribers[one.id].retrieve().data.name == "New"
    away = SubscriberListMembershipUpdate(
        ids=[one.id], action=ListMembershipAction.UNSUBSCRIBE, target_list_ids=[made.id]
    )
    assert client.subscribers.lists.update(away).data
    status = client.subscribers[one.id].retrieve()["data"]["lists"][0]["subscription_status"]
    assert status == "unsubscribed", status
    mail = TransactionalMessage(template_id=2, subject="From klarient", data={"body": "Hello"})
    assert client.tx.send(mail.to_subscriber_id(one.id)).data
    news = [one for one in client.public.lists.retrieve() if one["name"] == "news"][0]
    joined = PublicSubscription(email="join@x.example", name="J", list_uuids=[news["uuid"]])
    assert client.public.subscription.create(joined)["data"] == {"has_optin": True}
    form = PublicSubscriptionForm(email="form@x.example", name="F", list_uuids=[news["uuid"]])
    assert client.public.subscription.create_form(form)["data"] == {"has_optin": True}
    draft = client.campaigns.create(
        CampaignCreate(name="K", subject="K", lists=[made.id], body="Text")
    ).data
    assert draft.id in [one["id"] for one in client.campaigns.retrieve().items()]
    assert client.subscribers[one.id].blocklist.blocklist().data
    assert client.subscribers[one.id].retrieve()["data"]["status"] == "blocklisted"
    assert client.subscribers[one.id].delete().data


def with_django(url, user, token):
    import django.core.mail
    from django.conf import settings
    from django.core.mail import EmailMultiAlternatives
    from django.core.mail.backends.base import BaseEmailBackend

    settings.configure()
    if not hasattr(django.core.mail, "InvalidMailer"):
        # The backend is for Django 6.1, which needs Python 3.12. What it takes from there is
        # this error and the backend's alias; what it sends does not depend on either.
        django.core.mail.InvalidMailer = type("InvalidMailer", (Exception,), {})
        BaseEmailBackend.alias = "default"
    from django_listmonk_mailer import EmailBackend, ListmonkError

    def backend(secret):
        return EmailBackend(url=url, username=user, token=secret, template_id=2)

    mail = EmailMultiAlternatives(
        "From Django", "Hello", "Site <site@embassy.example>", ["django@x.example"]
    )
    mail.attach_alternative("<p>Hello</p>", "text/html")
    mail.reply_to = ["desk@embassy.example"]
    assert backend(token).send_messages([mail]) == 1
    try:
        backend("wrong").send_messages([mail])
        raise AssertionError("a wrong token was accepted")
    except ListmonkError as error:
        assert error.status_code == 403 and "invalid API credentials" in str(error), error
    mail.subject = "From Django, with a file"
    mail.attach("a.txt", "text")
    assert backend(token).send_messages([mail]) == 1
    mail.attach("a.html", "<script></script>", "text/html")
    try:
        backend(token).send_messages([mail])
        raise AssertionError("a page was attached")
    except ListmonkError as error:
        assert error.status_code in (400, 422), error


CLIENTS = {
    "listmonk": with_listmonk,
    "klarient-listmonk": with_klarient,
    "django-listmonk-mailer": with_django,
}


def main():
    url, user, token = sys.argv[1:4]
    if len(sys.argv) > 4:
        CLIENTS[sys.argv[4]](url, user, token)
        return
    for client in CLIENTS:
        environment = dict(os.environ)
        if client == "klarient-listmonk":
            environment["PYTHONPATH"] = os.path.join(sys.prefix, "klarient")
        command = [sys.executable, __file__, url, user, token, client]
        subprocess.run(command, check=True, env=environment)
        print(f"{client}: done", flush=True)


main()
