"""Event sentences: the text, the type and the status. All are read on Wednesday, 15 May 2024."""

from __future__ import annotations

import pytest

from tests.events.reading import told

HAPPENED = """
strike_authorized | Dockers in Leith have voted by 91 per cent to authorise a strike.
strike_authorized | Members of the bakers' union backed strike action in a postal ballot.
strike_authorized | Ninety-four percent of the teachers voted in favor of a strike.
strike_authorized | The nurses voted overwhelmingly to strike.
strike_authorized | Airline mechanics approved a strike by a margin of nine to one.
strike_authorized | The orchestra's musicians gave their committee the authority to call a strike.
strike_authorized | A strike was authorized by 88 percent of the machinists on Sunday.
strike_authorized | The strike vote passed with 97 percent in favor.
deadline_set | The contract at the paper mill expired on April 30.
deadline_set | Their collective agreement ran out in March.
deadline_set | The pilots' union served notice of a strike on Monday.
deadline_set | Management gave the union until Thursday to accept.
deadline_set | The company issued an ultimatum to the drivers on Tuesday.
strike_start | Bus drivers in Exeter walked out on Monday.
strike_start | Some 4,000 junior doctors went on strike at 7 a.m. on Tuesday.
strike_start | Brewery workers have downed tools.
strike_start | The steelworkers struck the mill on May 3 over staffing.
strike_start | The union called a strike at three warehouses last week.
strike_start | Ferry crews began a strike at midnight on Sunday.
strike_start | A wildcat strike began at the port on Thursday.
strike_start | Lecturers launched industrial action on 2 May.
strike_start | Screen actors walked off the job last Thursday.
strike_start | The walkout by refuse collectors started on Monday.
strike_start | The smelter locked out 600 workers on Sunday.
strike_start | About 1,200 machinists were locked out on May 6.
strike_start | The theatre imposed a lockout on its stagehands on Saturday.
strike_end | The union called off the strike on Tuesday.
strike_end | The nine-week strike is over, the federation said.
strike_end | Miners returned to work on Monday after five weeks.
strike_end | The teachers have suspended their strike pending a vote.
strike_end | The strike at the shipyard ended on Friday.
strike_end | The guild lifted its strike at noon.
strike_end | The lockout at the brewery ended on May 10.
strike_end | Drivers went back to work on Thursday.
meeting_requested | The federation has asked for a meeting with the mine owners.
meeting_requested | The airline invited the union to new talks on Monday.
meeting_requested | Union leaders have sought talks with the transport authority.
meeting_requested | The guild contacted the theatres on Monday, seeking a meeting.
meeting_requested | The request for a meeting came from the hospital.
talks_resumed | Contract talks resumed on Monday after a month's break.
talks_resumed | The union and the carmaker returned to the bargaining table on Friday.
talks_resumed | Negotiators went back to the table on Tuesday.
talks_resumed | The two sides have resumed negotiations.
talks_resumed | The company and the dockers restarted talks last week.
meeting_held | The union and the company met on Tuesday.
meeting_held | Negotiators for both sides sat down on Monday in Leeds.
meeting_held | The two sides met for six hours on Friday.
meeting_held | Three chief executives attended the bargaining session on Tuesday.
meeting_held | The session lasted until midnight on Monday.
meeting_held | After nine hours of talks on Monday the union went home.
meeting_held | Union officials held a meeting with the employer on May 8.
meeting_held | The parties bargained all day on Tuesday.
talks_broken_off | Contract talks collapsed on Sunday night.
talks_broken_off | Talks between the union and the airline broke down on Monday.
talks_broken_off | The hospital broke off the talks on May 9.
talks_broken_off | The company walked away from the bargaining table on Friday.
talks_broken_off | The union left the table in the early hours of Saturday.
talks_broken_off | Negotiators for the port walked out of the talks on Thursday.
talks_broken_off | The talks ended without agreement on Sunday.
talks_broken_off | Five weeks of bargaining have produced no agreement.
proposal_made | The carmaker presented a new pay offer on Tuesday.
proposal_made | The council made an improved offer to the cleaners.
proposal_made | The company offered a 9 percent raise over three years.
proposal_made | The union put forward a proposal on rosters on Monday.
proposal_made | The studios published their offer on May 7.
proposal_made | The guild submitted its proposals in March.
counterproposal_made | The union answered with a counterproposal on Thursday.
counterproposal_made | The airline submitted a counteroffer on Monday.
counterproposal_made | The guild responded to the offer on Friday.
proposal_rejected | The union's leaders rejected the offer within hours.
proposal_rejected | The company turned down the union's demand for a four-day week.
proposal_rejected | The federation dismissed the latest pay offer as an insult.
proposal_rejected | We rejected their offer.
talks_broken_off | Management did not deny that talks had failed.
strike_authorized | Dockers voted by 97 percent to strike on Friday.
tentative_agreement | The two sides shook hands on a pay deal at dawn.
rejected_by_members | Nurses voted down the tentative agreement on Sunday.
rejected_by_members | Members of the union rejected the contract by 61 percent.
rejected_by_members | The deal was rejected by 58 percent of the members who voted.
rejected_by_members | Machinists voted to reject the company's offer.
ratified | Members ratified the three-year contract on Monday.
ratified | The teachers approved the new agreement by a wide margin.
ratified | The contract was ratified on May 6 with 84 percent in favor.
ratified | Union members have accepted the deal.
ratified | Dockworkers voted on Friday to accept the agreement.
tentative_agreement | The guild and the theatres reached a tentative agreement on Sunday.
tentative_agreement | The union has struck a deal with the airline.
tentative_agreement | A tentative deal was reached at 3 a.m. on Monday.
tentative_agreement | The pilots have settled with the carrier.
tentative_agreement | Both sides announced an agreement in principle on May 12.
tentative_agreement | Negotiators hammered out a deal overnight.
joint_statement | The two sides issued a joint statement late on Friday.
joint_statement | In a joint statement the union and the port said that they had met.
joint_statement | The parties confirmed jointly that they had met.
leak_reported | The company leaked the terms to the press, the union says.
leak_reported | A leak to a newspaper angered the pilots' union.
leak_reported | Somebody at the airline has been briefing reporters on the talks.
division_reported | The hospital owners are divided over the pay claim.
division_reported | There is a rift within the union over the final offer.
third_party_intervention | The ministry appointed a mediator on Thursday.
third_party_intervention | The governor urged both sides to settle.
third_party_intervention | ACAS intervened in the rail dispute on Monday.
third_party_intervention | The mayor stepped in on Friday to end the bus strike.
picket_or_rally | About 400 nurses picketed outside the clinic on Monday.
picket_or_rally | Hundreds of teachers rallied at the capitol on Tuesday.
picket_or_rally | Strikers marched through the town on Saturday.
picket_or_rally | Hundreds turned out for a rally outside the depot.
solidarity_action | Railworkers refused to cross the picket line at the mill.
solidarity_action | Dockers in three ports staged a sympathy strike.
solidarity_action | Truckers have honored the picket lines since Monday.
sanction_or_legal | A judge ordered the teachers back to work on Friday.
sanction_or_legal | The union filed a complaint with the labour board.
sanction_or_legal | The port authority applied for an injunction on Monday.
sanction_or_legal | The court granted a restraining order against the strikers.
sanction_or_legal | The hospital sued the nurses' union on Tuesday.
economic_effect | The strike has cost the region $40 million.
economic_effect | Cafés near the plant have lost a quarter of their trade.
economic_effect | The strike cost the airline $30 million in April.
"""

OTHERWISE = """
strike_authorized planned | The union will ballot its members on strike action next month.
deadline_set planned | The union set a deadline of Friday noon for a better offer.
deadline_set planned | The contract expires at midnight on Friday.
deadline_set planned | The collective agreement runs out on May 31.
strike_start planned | Teachers in the north will strike for three days next week.
strike_start planned | Rail workers are to walk out on May 28.
strike_start planned | The union plans to strike on Monday.
strike_start planned | The pilots will go on strike on Saturday.
strike_start planned | Nurses walk out at 7 a.m. on Monday.
strike_start possible | A strike could begin as early as Friday.
strike_start possible | The drivers threatened to strike next week.
strike_start possible | Cabin crew may walk out over the holiday.
strike_start possible | If there is no deal, the dockers will strike.
strike_start possible | A walkout on 28 May is possible.
strike_start denied | The union has not called a strike.
strike_start denied | No strike has been called, the federation said.
strike_start denied | There will be no strike on Saturday.
strike_start ongoing | Ferry crews have been on strike since March 3.
strike_start ongoing | The machinists remain on strike.
strike_start ongoing | The tram drivers are still on strike.
strike_end possible | The strike could end this week.
strike_end possible | The strike is expected to end on Friday.
strike_end planned | The strike will end on Saturday.
talks_scheduled planned | Talks are set for Thursday.
talks_scheduled planned | The two sides will meet again on Monday.
talks_scheduled planned | The next session is on Tuesday.
talks_scheduled planned | Another meeting is fixed for tomorrow.
talks_scheduled planned | The parties agreed to meet again.
talks_scheduled planned | Bargaining continues on Saturday.
talks_scheduled planned | They said that they would meet again on Friday.
talks_resumed planned | Talks will resume on Monday.
talks_resumed planned | The union and the port will return to the bargaining table on Tuesday.
talks_resumed possible | The two sides could return to the table next week.
meeting_held denied | The planned meeting with the minister was cancelled on Monday.
meeting_held denied | The union called off the meeting with the airline.
meeting_held planned | The union will see the employers on Tuesday.
talks_broken_off denied | The hospital denied having left the table.
talks_broken_off denied | The airline has not left the table.
standstill ongoing | Negotiations have reached an impasse.
standstill ongoing | The talks are at a standstill.
standstill ongoing | Talks have been deadlocked for weeks.
standstill ongoing | Each side is waiting for the other to move.
tentative_agreement possible | A deal could be reached as early as Thursday.
tentative_agreement possible | The two sides are nearing a deal.
tentative_agreement possible | The union and the company are close to an agreement.
tentative_agreement possible | An agreement is within reach, the mediator said.
tentative_agreement denied | There is no deal, the union said.
tentative_agreement denied | The two sides have not reached an agreement.
tentative_agreement denied | The company denied that a deal had been reached.
ratification_vote planned | The members will vote on the agreement next week.
ratification_vote planned | A ratification vote will be held on Friday.
ratification_vote planned | Voting opens on Thursday and closes a week later.
media_blackout ongoing | Both sides have agreed to a media blackout.
media_blackout ongoing | The minister told both parties to say nothing to the press.
division_reported denied | The employers said that their members were aligned.
third_party_intervention possible | A mediator might help, the judge said.
third_party_intervention denied | The mayor did not broker the deal.
picket_or_rally ongoing | The porters are picketing the hospital.
picket_or_rally planned | The union will hold a rally on Saturday.
sanction_or_legal planned | The federation will file a complaint on Thursday.
economic_effect ongoing | The strike costs the port £90,000 an hour or £2 million a day.
economic_effect possible | The strike could cost the city $2 million.
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("type", "text"), rows(HAPPENED))
def test_what_happened(type: str, text: str) -> None:
    assert (type, "happened") in told(text)


@pytest.mark.parametrize(("expected", "text"), rows(OTHERWISE))
def test_what_is_planned_possible_denied_or_goes_on(expected: str, text: str) -> None:
    type, status = expected.split()
    assert (type, status) in told(text)


def test_there_are_a_hundred_and_fifty_of_them() -> None:
    assert len(rows(HAPPENED)) + len(rows(OTHERWISE)) >= 150
